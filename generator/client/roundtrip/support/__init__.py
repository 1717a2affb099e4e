"""What is copied beside a package's tests as it stands."""
