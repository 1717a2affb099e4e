"""What steers a mock while it runs."""
