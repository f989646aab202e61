"""What the scalp becomes, region by region: tension, inflammation, DHT, fibrosis, calcification, vessels, flow."""
