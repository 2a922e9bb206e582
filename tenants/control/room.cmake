# The migration scripts are part of the binary: what it carries is what it needs, wherever it is installed.
file(GLOB control_scripts CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/migrations/control/*.sql
  ${CMAKE_SOURCE_DIR}/migrations/reference/*.sql ${CMAKE_SOURCE_DIR}/migrations/village/*.sql)
set(control_table ${CMAKE_BINARY_DIR}/gen/tenants/control/scripts_table.c)
add_custom_command(OUTPUT ${control_table}
  COMMAND ${CMAKE_COMMAND} -E make_directory ${CMAKE_BINARY_DIR}/gen/tenants/control
  COMMAND ${CMAKE_COMMAND} -DSCRIPTS_DIR=${CMAKE_SOURCE_DIR}/migrations -DOUT=${control_table}
          -P ${CMAKE_SOURCE_DIR}/tenants/control/embed.cmake
  DEPENDS ${control_scripts} ${CMAKE_SOURCE_DIR}/tenants/control/embed.cmake VERBATIM)
list(APPEND generated ${control_table})
