# backmate_module(NAME SOURCES a.cpp ... DEPENDS other ... [LIBRARIES third_party::target ...])
# One room of src/: a static library backmate_NAME whose headers are included as "NAME/header.h".

add_library(backmate_options INTERFACE)
target_include_directories(backmate_options INTERFACE ${PROJECT_SOURCE_DIR}/src)
# -ffp-contract=off: the same sums on every build; GCC would fuse multiply-adds where the CPU has them.
target_compile_options(backmate_options INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor
                                                  -ffp-contract=off)
# GCC 12 reports std::string's own code (PR 105651).
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  target_compile_options(backmate_options INTERFACE -Wno-restrict)
endif()
if(BACKMATE_WARNINGS_AS_ERRORS)
  target_compile_options(backmate_options INTERFACE -Werror)
endif()
if(BACKMATE_SANITIZERS)
  target_compile_options(backmate_options INTERFACE -fsanitize=${BACKMATE_SANITIZERS}
                                                    -fno-omit-frame-pointer)
  # What the address sanitizer sees anyway; with them GCC takes minutes for each file that reads JSON.
  target_compile_options(backmate_options INTERFACE
    -fno-sanitize=null,alignment,vptr,object-size,nonnull-attribute,returns-nonnull-attribute,pointer-overflow)
  # GCC 12 reports std::regex's own code when it is instrumented.
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(backmate_options INTERFACE -Wno-maybe-uninitialized)
  endif()
  target_link_options(backmate_options INTERFACE -fsanitize=${BACKMATE_SANITIZERS})
endif()

function(backmate_module name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPENDS;LIBRARIES" ${ARGN})
  add_library(backmate_${name} STATIC ${ARG_SOURCES})
  target_link_libraries(backmate_${name} PUBLIC backmate_options ${ARG_LIBRARIES})
  # Several files are compiled as one, where nobody edits them: headers are read once. What GCC then
  # says of types in unnamed namespaces is meant for headers.
  if(BACKMATE_UNITY)
    set_target_properties(backmate_${name} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 6)
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
      target_compile_options(backmate_${name} PRIVATE -Wno-subobject-linkage)
    endif()
  endif()
  foreach(dependency IN LISTS ARG_DEPENDS)
    target_link_libraries(backmate_${name} PUBLIC backmate_${dependency})
  endforeach()
endfunction()

# backmate_test(NAME SOURCES a.cpp ... DEPENDS module ... [LABELS label])
# One GoogleTest program under tests/; every TEST in it is a CTest entry.
function(backmate_test name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPENDS;LABELS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR}/tests)
  target_link_libraries(${name} PRIVATE backmate_options GTest::gtest GTest::gtest_main)
  foreach(dependency IN LISTS ARG_DEPENDS)
    target_link_libraries(${name} PRIVATE backmate_${dependency})
  endforeach()
  target_compile_definitions(${name} PRIVATE
    BACKMATE_SOURCE_DIR="${PROJECT_SOURCE_DIR}" BACKMATE_BINARY_DIR="${CMAKE_BINARY_DIR}")
  gtest_discover_tests(${name} DISCOVERY_TIMEOUT 60 PROPERTIES LABELS "${ARG_LABELS}")
endfunction()

# backmate_benchmark(NAME SOURCES a.cpp ... DEPENDS module ...): a Google Benchmark program, never a test.
function(backmate_benchmark name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPENDS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bench)
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR}/tests)
  target_link_libraries(${name} PRIVATE backmate_options benchmark::benchmark)
  foreach(dependency IN LISTS ARG_DEPENDS)
    target_link_libraries(${name} PRIVATE backmate_${dependency})
  endforeach()
  target_compile_definitions(${name} PRIVATE
    BACKMATE_SOURCE_DIR="${PROJECT_SOURCE_DIR}" BACKMATE_BINARY_DIR="${CMAKE_BINARY_DIR}")
endfunction()
