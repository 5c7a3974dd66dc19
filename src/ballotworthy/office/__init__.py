"""The office: pages, accounts and tables around cases; what a case can do is called from `verbs`."""
