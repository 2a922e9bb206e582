# sqlgen.py against its golden files and its error messages.
add_test(NAME server/store/test_sqlgen COMMAND ${Python3_EXECUTABLE} ${CMAKE_SOURCE_DIR}/tests/unit/server/store/test_sqlgen.py)
set_tests_properties(server/store/test_sqlgen PROPERTIES LABELS unit TIMEOUT 60)

# The store's tests have statements of their own, over tables they make.
set(cases ${CMAKE_BINARY_DIR}/gen/tests/unit/server/store/cases_sql)
add_custom_command(OUTPUT ${cases}.c ${cases}.h
  COMMAND ${Python3_EXECUTABLE} ${SQLGEN} --root ${CMAKE_SOURCE_DIR} --out ${CMAKE_BINARY_DIR}/gen tests/unit/server/store/cases.sql
  DEPENDS ${CMAKE_SOURCE_DIR}/tests/unit/server/store/cases.sql ${SQLGEN_PARTS} WORKING_DIRECTORY ${CMAKE_SOURCE_DIR} VERBATIM)
add_custom_target(store_cases_generated DEPENDS ${cases}.c ${cases}.h)
add_dependencies(generated store_cases_generated)
foreach(test test_lists test_values test_pool test_txn test_kept test_lost)
  if(TARGET unit_server_store_${test})
    target_sources(unit_server_store_${test} PRIVATE ${cases}.c ${CMAKE_SOURCE_DIR}/tests/unit/server/store/rig.c)
    add_dependencies(unit_server_store_${test} store_cases_generated)
  endif()
endforeach()
