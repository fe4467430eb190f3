"""What was pulled, noted and generated: SQLAlchemy tables, and the only SQL of the house."""
