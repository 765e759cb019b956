# SPDX-License-Identifier: GPL-3.0-or-later
# Collects the texts anew in a copy and fails on any that is not translated.
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
