def price_rules(discounts):
    rules = {}
    for group, percent in discounts.items():
        if not 0 <= percent <= 100:
            raise ValueError("not a percentage")

        # Each function is made in its own round, with the percentage of that round.
        def rule(price):
            return round(price * (100 - percent) / 100, 2)

        rules[group] = rule
    return rules
