# These reach every statement of the house through one table of all .sql files.
if(TARGET unit_workers_jobs_test_statements)
  file(GLOB_RECURSE all_sql CONFIGURE_DEPENDS RELATIVE ${CMAKE_SOURCE_DIR} server/*.sql tenants/*.sql workers/*.sql)
  set(sql_index ${CMAKE_BINARY_DIR}/gen/tests/unit/workers/jobs/sql_index.c)
  add_custom_command(OUTPUT ${sql_index}
    COMMAND ${Python3_EXECUTABLE} ${SQLGEN} --root ${CMAKE_SOURCE_DIR} --index ${sql_index} ${all_sql}
    DEPENDS ${SQLGEN_PARTS} WORKING_DIRECTORY ${CMAKE_SOURCE_DIR} VERBATIM)
  add_custom_target(sql_index DEPENDS ${sql_index})
  foreach(test test_statements test_plans)
    target_sources(unit_workers_jobs_${test} PRIVATE ${sql_index})
    add_dependencies(unit_workers_jobs_${test} sql_index)
  endforeach()
endif()
