# Style sheets, script, icons and font: npm in the build directory, then one C table.
find_program(NODE_PROGRAM node REQUIRED)
find_program(NPM_PROGRAM npm REQUIRED)
# fontTools is Debian's, so its own interpreter runs the subset, whichever python3 comes first elsewhere.
find_program(FONT_PYTHON python3 PATHS /usr/bin NO_DEFAULT_PATH REQUIRED)
set(assets_source ${CMAKE_CURRENT_SOURCE_DIR}/${room}/assets)
set(assets_build ${CMAKE_CURRENT_BINARY_DIR}/assets)
file(GLOB_RECURSE asset_inputs CONFIGURE_DEPENDS ${assets_source}/sass/*.scss ${assets_source}/ts/*.ts ${assets_source}/art/*)

add_custom_command(OUTPUT ${assets_build}/node_modules/.installed
  COMMAND ${CMAKE_COMMAND} -E make_directory ${assets_build}
  COMMAND ${CMAKE_COMMAND} -E copy ${assets_source}/package.json ${assets_source}/package-lock.json ${assets_source}/.npmrc ${assets_build}
  COMMAND ${NPM_PROGRAM} ci --ignore-scripts --no-audit --no-fund --loglevel=error
  COMMAND ${CMAKE_COMMAND} -E touch ${assets_build}/node_modules/.installed
  DEPENDS ${assets_source}/package.json ${assets_source}/package-lock.json ${assets_source}/.npmrc
  WORKING_DIRECTORY ${CMAKE_CURRENT_BINARY_DIR}/assets COMMENT "npm ci for the assets" VERBATIM)
file(MAKE_DIRECTORY ${assets_build})

add_custom_command(OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/gen/${room}/asset_table.c
  COMMAND ${CMAKE_COMMAND} -E make_directory ${CMAKE_CURRENT_BINARY_DIR}/gen/${room}
  COMMAND ${NODE_PROGRAM} ${assets_source}/build.mjs --modules ${assets_build} --out ${assets_build}/out
          --c ${CMAKE_CURRENT_BINARY_DIR}/gen/${room}/asset_table.c --python ${FONT_PYTHON}
  DEPENDS ${assets_build}/node_modules/.installed ${assets_source}/build.mjs ${assets_source}/subset.py
          ${assets_source}/icons.txt ${assets_source}/assets.txt ${asset_inputs}
  COMMENT "building the assets" VERBATIM)
# Not into `generated`: views do not wait for npm.
list(APPEND sources ${CMAKE_CURRENT_BINARY_DIR}/gen/${room}/asset_table.c)
