# The editor's document, under node: from the sources that the page's script is built of.
add_test(NAME server/html/editor_tree COMMAND ${NODE_PROGRAM} ${CMAKE_SOURCE_DIR}/tests/unit/server/html/editor_tree.mjs ${assets_build})
set_tests_properties(server/html/editor_tree PROPERTIES LABELS unit TIMEOUT 120)
