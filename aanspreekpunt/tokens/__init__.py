"""Other systems: the keys with which they come in, what each may do, and doing once what they send twice."""
