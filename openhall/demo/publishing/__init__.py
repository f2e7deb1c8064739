"""The demo's sites: made in one step, written by each unit, looked at by night."""
