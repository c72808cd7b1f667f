"""The starter knowledge base: answers, local values and referrals that any Dutch municipality can make its own."""
