"""Teaching how scoring works: lesson, what-if, exercises, page and the trainer's materials."""
