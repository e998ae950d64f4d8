"""Teaching how scoring works: the lesson, what-if, exercises, the page and the trainer's papers."""
