"""What every generated client stands on: rules, requests, answers, errors, credentials, retries. It knows no API."""
