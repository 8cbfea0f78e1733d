# embed.cmake: writes the files of FOLDER as one C++ source, OUT, that defines vigie::serve::assets() (assets.hpp).
# Bytes are written as numbers: a string literal would be limited in length and would need escapes.
file(GLOB files RELATIVE "${FOLDER}" "${FOLDER}/*.html" "${FOLDER}/*.css" "${FOLDER}/*.js" "${FOLDER}/*.txt"
     "${FOLDER}/*.json" "${FOLDER}/*.svg")
list(SORT files)
set(arrays "")
set(table "")
set(number 0)
foreach(name IN LISTS files)
  file(READ "${FOLDER}/${name}" hex HEX)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "'\\\\x\\1'," bytes "${hex}")
  string(APPEND arrays "constexpr char kFile${number}[] = {${bytes}'\\0'};\n")
  string(APPEND table "    {\"${name}\", {kFile${number}, sizeof kFile${number} - 1}},\n")
  math(EXPR number "${number} + 1")
endforeach()
file(WRITE "${OUT}" "#include \"serve/assets.hpp\"\n\nnamespace vigie::serve {\nnamespace {\n\n${arrays}\n"
     "constexpr Asset kAssets[] = {\n${table}};\n\n}  // namespace\n\n"
     "std::span<Asset const> assets() { return kAssets; }\n\n}  // namespace vigie::serve\n")
