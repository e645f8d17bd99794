//! The one test program: the real server, a real PostgreSQL, real HTTP.

mod calendar;
