# The edge's tests ask a whole house: the rig of server/web.
if(TARGET unit_server_edge_test_edge)
  target_sources(unit_server_edge_test_edge PRIVATE ${CMAKE_SOURCE_DIR}/tests/unit/server/web/rig.c)
endif()
