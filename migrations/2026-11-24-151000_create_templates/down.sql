DROP TABLE template_versions;
DROP TABLE templates;
DROP FUNCTION template_version_stays();
