# The example of CONTRIBUTING.md, with what the build generated for the rooms below it.
add_test(NAME server/register/test_contributing
  COMMAND ${Python3_EXECUTABLE} ${CMAKE_SOURCE_DIR}/tests/unit/server/register/test_contributing.py ${CMAKE_BINARY_DIR})
set_tests_properties(server/register/test_contributing PROPERTIES LABELS unit TIMEOUT 60)
