"""What an operator runs: the server, the doctor, the report of use."""
