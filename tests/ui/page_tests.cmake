# SPDX-License-Identifier: GPL-3.0-or-later
# Pages that work with jobs and artifacts, each class over a home of its own: one program, for one link and few batches.
lori_add_test(pages WINDOW LIBRARIES lori::ui LABELS ui TIMEOUT 600 SOURCES
    adapter_catalog_test.cpp
    adapter_folders.h
    adapter_lineage_test.cpp
    chat_service_test.cpp
    compare_page_test.cpp
    data_page_test.cpp
    home_test.cpp
    layout_keeper_test.cpp
    merge_adapters.h
    merge_page_test.cpp
    merge_scores_test.cpp
    merge_window.h
    merge_words_test.cpp
    model_library_test.cpp
    models_page_test.cpp
    opened_files_test.cpp
    palette_test.cpp
    prepared_run.h
    queue_card_test.cpp
    run_dragging_test.cpp
    run_overlays_test.cpp
    run_samples_test.cpp
    second_start_test.cpp
    sequence_fall_test.cpp
    sequence_page_test.cpp
    sequence_plan_test.cpp
    settings_test.cpp
    studies_page_test.cpp
    tour_test.cpp
    try_page_test.cpp
    window_fixture.h
    ${PROJECT_SOURCE_DIR}/tests/formats/adapter_builder.h
    ${PROJECT_SOURCE_DIR}/tests/formats/file_builders.cpp)
target_compile_definitions(test_pages PRIVATE LORI_FAKE_WORKER="$<TARGET_FILE:fake_worker>"
    LORI_RELEASED_HOME="${PROJECT_SOURCE_DIR}/tests/app/released/home")
add_dependencies(test_pages fake_worker)
