-- Asking of each case whether it rests makes the planner expect a long statement and compile it, which
-- takes a hundred times as long as running it.
ALTER FUNCTION last_cases_with_words SET jit = off;
ALTER FUNCTION cases_with_words SET jit = off;
ALTER FUNCTION newest_cases_with_words SET jit = off;
