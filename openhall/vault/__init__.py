"""保密: personal data encrypted at rest, masked on screens, found without being read."""
