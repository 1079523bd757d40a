"""What people write, read as skills: names one by one, and skills named in running text."""
