ALTER FUNCTION newest_cases_with_words RESET jit;
ALTER FUNCTION cases_with_words RESET jit;
ALTER FUNCTION last_cases_with_words RESET jit;
