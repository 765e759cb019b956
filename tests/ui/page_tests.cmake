# SPDX-License-Identifier: GPL-3.0-or-later
# Pages that work with jobs and artifacts, each over a home of its own.
function(lori_add_page_test name)
    lori_add_test(page_${name} WINDOW LIBRARIES lori::ui LABELS ui TIMEOUT 240 SOURCES window_fixture.h ${ARGN})
    target_compile_definitions(test_page_${name} PRIVATE LORI_FAKE_WORKER="$<TARGET_FILE:fake_worker>")
    add_dependencies(test_page_${name} fake_worker)
endfunction()

lori_add_page_test(adapters adapter_catalog_test.cpp)
lori_add_page_test(queue queue_card_test.cpp)
lori_add_page_test(palette palette_test.cpp)
lori_add_page_test(home home_test.cpp)
lori_add_page_test(runs prepared_run.h run_overlays_test.cpp run_samples_test.cpp)
lori_add_page_test(files opened_files_test.cpp)
lori_add_page_test(tour tour_test.cpp)
lori_add_page_test(settings settings_test.cpp)
lori_add_page_test(sequence prepared_run.h sequence_fall_test.cpp sequence_page_test.cpp sequence_plan_test.cpp)
target_compile_definitions(test_page_sequence PRIVATE LORI_RELEASED_HOME="${PROJECT_SOURCE_DIR}/tests/app/released/home")
lori_add_page_test(try chat_service_test.cpp try_page_test.cpp)
lori_add_page_test(merge merge_words_test.cpp merge_page_test.cpp merge_scores_test.cpp merge_adapters.h merge_window.h)
lori_add_page_test(compare compare_page_test.cpp)
lori_add_page_test(data data_page_test.cpp)
lori_add_page_test(models
    adapter_folders.h
    adapter_lineage_test.cpp
    model_library_test.cpp
    models_page_test.cpp
    ${PROJECT_SOURCE_DIR}/tests/formats/adapter_builder.h
    ${PROJECT_SOURCE_DIR}/tests/formats/file_builders.cpp)
