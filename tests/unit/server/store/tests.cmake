# sqlgen.py against its golden files and its error messages.
add_test(NAME server/store/test_sqlgen COMMAND ${Python3_EXECUTABLE} ${CMAKE_SOURCE_DIR}/tests/unit/server/store/test_sqlgen.py)
set_tests_properties(server/store/test_sqlgen PROPERTIES LABELS unit TIMEOUT 60)
