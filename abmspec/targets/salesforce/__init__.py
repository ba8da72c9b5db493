"""Salesforce: an SFDX project in source format."""
