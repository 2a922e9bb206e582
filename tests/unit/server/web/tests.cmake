# These stand on a house over a scratch MariaDB and Redis: rig.c.
foreach(test test_serve test_sign_in test_act test_pages test_audit test_lane)
  if(TARGET unit_server_web_${test})
    target_sources(unit_server_web_${test} PRIVATE ${CMAKE_SOURCE_DIR}/tests/unit/server/web/rig.c)
  endif()
endforeach()
