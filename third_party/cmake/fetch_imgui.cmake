# Dear ImGui's upstream source, from the distribution's source package: pinned by version and SHA-256,
# kept in BACKMATE_DEPS_DIR so that every build folder shares it. Another copy of the same version can be
# named with -DBACKMATE_IMGUI_DIR=...

set(BACKMATE_IMGUI_VERSION 1.90.1)
set(BACKMATE_IMGUI_SHA256 ecce377df0f90b292f15dcbd83d438bddc162b2388c881132bde18c787572a1c)
set(BACKMATE_DEPS_DIR ${PROJECT_SOURCE_DIR}/.cache CACHE PATH "Where fetched sources are kept")
set(BACKMATE_IMGUI_DIR "" CACHE PATH "An unpacked Dear ImGui ${BACKMATE_IMGUI_VERSION}, instead of fetching")

function(backmate_fetch_imgui out_dir)
  if(BACKMATE_IMGUI_DIR)
    set(${out_dir} ${BACKMATE_IMGUI_DIR} PARENT_SCOPE)
    return()
  endif()
  set(source ${BACKMATE_DEPS_DIR}/imgui-${BACKMATE_IMGUI_VERSION})
  if(NOT EXISTS ${source}/imgui.h)
    set(work ${BACKMATE_DEPS_DIR}/fetch)
    set(tarball ${work}/imgui_${BACKMATE_IMGUI_VERSION}+ds.orig.tar.xz)
    file(MAKE_DIRECTORY ${work})
    message(STATUS "Fetching Dear ImGui ${BACKMATE_IMGUI_VERSION} (source package)")
    execute_process(
      COMMAND bash ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/fetch_imgui.sh ${BACKMATE_IMGUI_VERSION}
      WORKING_DIRECTORY ${work} RESULT_VARIABLE failed OUTPUT_VARIABLE log ERROR_VARIABLE log)
    if(failed OR NOT EXISTS ${tarball})
      message(FATAL_ERROR "Dear ImGui ${BACKMATE_IMGUI_VERSION} could not be fetched from the "
        "distribution's source packages. Check the network and run again, or name an unpacked copy with "
        "-DBACKMATE_IMGUI_DIR=DIR.\n${log}")
    endif()
    file(SHA256 ${tarball} sum)
    if(NOT sum STREQUAL BACKMATE_IMGUI_SHA256)
      message(FATAL_ERROR "${tarball} is not the pinned Dear ImGui ${BACKMATE_IMGUI_VERSION}: its SHA-256 "
        "is ${sum}, expected ${BACKMATE_IMGUI_SHA256}. Delete it and run again.")
    endif()
    file(ARCHIVE_EXTRACT INPUT ${tarball} DESTINATION ${BACKMATE_DEPS_DIR})
  endif()
  set(${out_dir} ${source} PARENT_SCOPE)
endfunction()
