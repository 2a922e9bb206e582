# These stand on a house over a scratch MariaDB and Redis: rig.c.
foreach(test test_serve test_sign_in test_act test_pages test_audit test_lane)
  if(TARGET unit_server_web_${test})
    target_sources(unit_server_web_${test} PRIVATE ${CMAKE_SOURCE_DIR}/tests/unit/server/web/rig.c)
  endif()
endforeach()
# The forms that test_forms.c sends and shows.
set(forms ${CMAKE_BINARY_DIR}/gen/tests/unit/server/web/forms_view)
add_custom_command(OUTPUT ${forms}.c ${forms}.h
  COMMAND ${Python3_EXECUTABLE} ${HTMLC} --root ${CMAKE_SOURCE_DIR} --out ${CMAKE_BINARY_DIR}/gen tests/unit/server/web/forms.html
  DEPENDS ${CMAKE_SOURCE_DIR}/tests/unit/server/web/forms.html ${HTMLC_PARTS} WORKING_DIRECTORY ${CMAKE_SOURCE_DIR} VERBATIM)
if(TARGET unit_server_web_test_forms)
  target_sources(unit_server_web_test_forms PRIVATE ${forms}.c ${forms}.h)
endif()
