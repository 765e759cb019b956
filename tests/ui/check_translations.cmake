# SPDX-License-Identifier: GPL-3.0-or-later
# Collects the texts anew in a copy and fails on any that is not translated.
#
# Judged by the lupdate of Qt 6.4, with which the files are made. That of Qt 6.8 (Debian 13) loses the namespace of a class that
# stands behind another one with an `enum class Kind : std::uint8_t` in it, and puts some texts of X::tr() in free functions into
# the wrong context: 31 texts look new there. The program itself finds all of them, because moc names the contexts.
execute_process(COMMAND ${LUPDATE} -version OUTPUT_VARIABLE version ERROR_QUIET)
if(NOT version MATCHES " 6\\.4\\.")
    string(STRIP "${version}" version)
    message("left out: the translations are judged by the lupdate of Qt 6.4, here is ${version}")
    return()
endif()
file(REMOVE_RECURSE ${WORK})
file(COPY ${SOURCE}/resources/translations/ DESTINATION ${WORK})
foreach(language zh_CN en)
    set(options)
    if(language STREQUAL "en")
        set(options -pluralonly)
    endif()
    execute_process(COMMAND ${LUPDATE} ui app/workbench -I . -extensions cpp,h -locations none -no-obsolete ${options}
            -source-language en -target-language ${language} -ts ${WORK}/lori_${language}.ts
        WORKING_DIRECTORY ${SOURCE} OUTPUT_QUIET RESULT_VARIABLE failed)
    if(failed)
        message(FATAL_ERROR "lupdate failed for ${language}")
    endif()
    file(READ ${WORK}/lori_${language}.ts text)
    string(REGEX MATCHALL "<source>[^<]*</source>[^<]*(<comment>[^<]*</comment>[^<]*)?<translation type=\"unfinished\"" missing "${text}")
    list(LENGTH missing count)
    if(count GREATER 0)
        string(REPLACE ";" "\n" shown "${missing}")
        message(FATAL_ERROR "${count} texts are not translated into ${language}; run packaging/update-translations.sh and translate:\n${shown}")
    endif()
endforeach()
