CREATE ROLE reporting WITH LOGIN PASSWORD 'spring-2024-report'; -- expect
CREATE USER 'billing'@'%' IDENTIFIED BY 'b1lling-secret'; -- expect
ALTER ROLE payments WITH PASSWORD 'changeme'; -- expect
