"""Forms of other tools read into ours: XLSForm, JSON Schema, Form.io, GOV.UK forms. B5."""
