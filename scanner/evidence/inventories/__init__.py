"""What was found to be there: rows of the inventories that PCI DSS asks for."""
