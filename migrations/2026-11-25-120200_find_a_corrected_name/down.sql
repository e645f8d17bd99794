DROP TRIGGER names_searched ON cases;
DROP FUNCTION refresh_case_search_of_name;
