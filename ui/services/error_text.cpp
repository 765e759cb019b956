// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/error_text.h"

#include <algorithm>
#include <array>

namespace lori::ui {

namespace {

/// One CodedMessage of the core as the window says it; the core's own words where they are plain enough.
struct Said {
    std::string_view code;
    const char* what; ///< translated in the context of ErrorText; %1 … are the message's arguments
    const char* hint; ///< the same; "" where `what` says it all
};

constexpr std::array kSaid{
    Said{"outside_range", QT_TRANSLATE_NOOP("lori::ui::ErrorText", "must be between %1 and %2, is %3"), ""},
    Said{"not_positive", QT_TRANSLATE_NOOP("lori::ui::ErrorText", "must be a number above 0, is %1"), ""},
    Said{"epochs_outside_range", QT_TRANSLATE_NOOP("lori::ui::ErrorText", "must be above 0 and at most 10,000, is %1"), ""},
    Said{"accumulate_above_batch", QT_TRANSLATE_NOOP("lori::ui::ErrorText", "must not exceed the rows per step (%1), is %2"), ""},
    Said{"prompt_not_below_row", QT_TRANSLATE_NOOP("lori::ui::ErrorText", "must be below the longest row (%1), is %2"), ""},
    Said{"beta_outside_range", QT_TRANSLATE_NOOP("lori::ui::ErrorText", "must be at least 0 and below 1, is %1"), ""},
    Said{"negative_rows", QT_TRANSLATE_NOOP("lori::ui::ErrorText", "must be 0 (all rows) or more, is %1"), ""},
    Said{"no_name", QT_TRANSLATE_NOOP("lori::ui::ErrorText", "is empty"), ""},
    Said{"long_name", QT_TRANSLATE_NOOP("lori::ui::ErrorText", "is too long"), ""},
    Said{"no_model", QT_TRANSLATE_NOOP("lori::ui::ErrorText", "is empty"), ""},
    Said{"no_projection", QT_TRANSLATE_NOOP("lori::ui::ErrorText", "no projection is chosen"), ""},
    Said{"projection_twice", QT_TRANSLATE_NOOP("lori::ui::ErrorText", "“%1” is named twice"), ""},
    Said{"not_in_ia3_targets", QT_TRANSLATE_NOOP("lori::ui::ErrorText", "“%1” is not among the projections of IA3"), ""},
    Said{"no_data", QT_TRANSLATE_NOOP("lori::ui::ErrorText", "there is nothing to train on"), ""},
    Said{"no_source", QT_TRANSLATE_NOOP("lori::ui::ErrorText", "choose a starter task or a file of your own"), ""},
    Said{"two_sources", QT_TRANSLATE_NOOP("lori::ui::ErrorText", "has a starter task and a file; only one of them is possible"),
         ""},
    Said{"no_such_task", QT_TRANSLATE_NOOP("lori::ui::ErrorText", "“%1” is no task"), ""},
    Said{"task_twice", QT_TRANSLATE_NOOP("lori::ui::ErrorText", "“%1” is named twice"), ""},
    Said{"messages_and_others", QT_TRANSLATE_NOOP("lori::ui::ErrorText", "a messages column excludes the other columns"), ""},
    Said{"columns_of_a_task", QT_TRANSLATE_NOOP("lori::ui::ErrorText", "columns are only for your own file; leave them empty"),
         ""},
    Said{"no_stages", QT_TRANSLATE_NOOP("lori::ui::ErrorText", "there are no stages"), ""},
    Said{"not_an_earlier_stage",
         QT_TRANSLATE_NOOP("lori::ui::ErrorText", "must name a stage before this one, is %1; stages are counted from 0"), ""},
    Said{"wrong_source_stage",
         QT_TRANSLATE_NOOP("lori::ui::ErrorText", "stage %1 is %2, and this method cannot start from its adapter"), ""},
    Said{"not_a_mask_stage", QT_TRANSLATE_NOOP("lori::ui::ErrorText", "stage %1 is %2, not a mask"), ""},
    Said{"two_starts",
         QT_TRANSLATE_NOOP("lori::ui::ErrorText", "starts from a stage and from a folder; only one of them is possible"), ""},
    Said{"nothing_to_go_on_from",
         QT_TRANSLATE_NOOP("lori::ui::ErrorText", "there is no adapter to go on from: name a stage or a folder"), ""},
    Said{"mask_without_b",
         QT_TRANSLATE_NOOP("lori::ui::ErrorText",
                           "a mask needs a trained adapter: put a LoRI-D stage before it, or name an adapter"),
         ""},
    Said{"no_mask", QT_TRANSLATE_NOOP("lori::ui::ErrorText", "%1 needs a mask: put a mask stage before it, or name a mask file"),
         ""},
    Said{"floor_not_scored", QT_TRANSLATE_NOOP("lori::ui::ErrorText", "“%1” is not scored in this run"), ""},
    Said{"floor_never_twice", QT_TRANSLATE_NOOP("lori::ui::ErrorText", "“%1” is never scored twice, so no fall can be seen"), ""},
    Said{
        "floor_unwatched",
        QT_TRANSLATE_NOOP("lori::ui::ErrorText",
                          "is 0, so nothing watches for the fall while training: give the steps between two checks, or no floor"),
        ""},
    Said{"not_a_flag", QT_TRANSLATE_NOOP("lori::ui::ErrorText", "must be on or off, is %1"), ""},
    Said{"not_whole", QT_TRANSLATE_NOOP("lori::ui::ErrorText", "must be a whole number, is %1"), ""},
    Said{"too_large", QT_TRANSLATE_NOOP("lori::ui::ErrorText", "must be at most 9,223,372,036,854,775,807, is %1"), ""},
    Said{"negative", QT_TRANSLATE_NOOP("lori::ui::ErrorText", "must be 0 or more, is %1"), ""},
    Said{"not_a_number", QT_TRANSLATE_NOOP("lori::ui::ErrorText", "must be a number, is %1"), ""},
    Said{"not_text", QT_TRANSLATE_NOOP("lori::ui::ErrorText", "must be text, is %1"), ""},
    Said{"not_a_list", QT_TRANSLATE_NOOP("lori::ui::ErrorText", "must be a list, is %1"), ""},
    Said{"not_an_object", QT_TRANSLATE_NOOP("lori::ui::ErrorText", "must be an object {…}, is %1"), ""},
    Said{"not_a_word", QT_TRANSLATE_NOOP("lori::ui::ErrorText", "must be one of %2, is %1"), ""},
    Said{"no_version", QT_TRANSLATE_NOOP("lori::ui::ErrorText", "must be 1 or more, is %1"), ""},
    Said{"no_such_field", QT_TRANSLATE_NOOP("lori::ui::ErrorText", "there is no such field; known here: %1"), ""},
    Said{"no_model_there", QT_TRANSLATE_NOOP("lori::ui::ErrorText", "there is no such model"),
         QT_TRANSLATE_NOOP("lori::ui::ErrorText", "check the path, or see the list of models")},
    Said{"no_config", QT_TRANSLATE_NOOP("lori::ui::ErrorText", "the folder has no config.json"),
         QT_TRANSLATE_NOOP("lori::ui::ErrorText", "choose the model's folder or a GGUF file")},
    Said{"pickled_weights", QT_TRANSLATE_NOOP("lori::ui::ErrorText", "the weights are a pickle (pytorch_model.bin)"),
         QT_TRANSLATE_NOOP("lori::ui::ErrorText", "convert them to safetensors")},
    Said{"no_weights", QT_TRANSLATE_NOOP("lori::ui::ErrorText", "the folder has no model.safetensors"),
         QT_TRANSLATE_NOOP("lori::ui::ErrorText", "choose the model's folder")},
    Said{"weights_in_parts",
         QT_TRANSLATE_NOOP("lori::ui::ErrorText",
                           "the folder has '%1', but no model.safetensors and no model.safetensors.index.json"),
         QT_TRANSLATE_NOOP("lori::ui::ErrorText", "download the index, or the weights in Hugging Face's layout")},
    Said{"unknown_family", QT_TRANSLATE_NOOP("lori::ui::ErrorText", "the architecture '%1' is not supported (%2 are)"),
         QT_TRANSLATE_NOOP("lori::ui::ErrorText", "choose another model")},
    Said{"foreign_family", QT_TRANSLATE_NOOP("lori::ui::ErrorText", "the architecture '%1' is not supported: it has %2"),
         QT_TRANSLATE_NOOP("lori::ui::ErrorText", "choose another model")},
    Said{"quantized", QT_TRANSLATE_NOOP("lori::ui::ErrorText", "the model is quantized (%1)"),
         QT_TRANSLATE_NOOP("lori::ui::ErrorText", "choose its unquantized weights, or a GGUF file of it")},
    Said{"tensor_missing", QT_TRANSLATE_NOOP("lori::ui::ErrorText", "the tensor '%1' is missing"),
         QT_TRANSLATE_NOOP("lori::ui::ErrorText", "the file is not complete: save or download the model again")},
    Said{"head_missing", QT_TRANSLATE_NOOP("lori::ui::ErrorText", "the tensor '%1' is missing"),
         QT_TRANSLATE_NOOP("lori::ui::ErrorText",
                           "if the head is the embedding, set 'tie_word_embeddings' to true in config.json")},
    Said{"no_adapter", QT_TRANSLATE_NOOP("lori::ui::ErrorText", "there is no adapter here"),
         QT_TRANSLATE_NOOP("lori::ui::ErrorText", "choose an adapter's folder")},
    Said{"not_an_adapter", QT_TRANSLATE_NOOP("lori::ui::ErrorText", "this file is no adapter"),
         QT_TRANSLATE_NOOP("lori::ui::ErrorText", "choose an adapter's folder")},
    Said{"other_base", QT_TRANSLATE_NOOP("lori::ui::ErrorText", "this adapter was trained on another base model (%1)"),
         QT_TRANSLATE_NOOP("lori::ui::ErrorText", "open it with the model it was trained on")},
    Said{"model_gone", QT_TRANSLATE_NOOP("lori::ui::ErrorText", "the model '%1' is not there (any more)"),
         QT_TRANSLATE_NOOP("lori::ui::ErrorText", "put it back, or tell where it is now: “Find it…” on the Models page")},
    Said{
        "embedded_model_gone", QT_TRANSLATE_NOOP("lori::ui::ErrorText", "the built-in model '%1' is not there"),
        QT_TRANSLATE_NOOP("lori::ui::ErrorText",
                          "this program came without it, or it was removed: install the program again, or choose another model")},
    Said{"unknown_model",
         QT_TRANSLATE_NOOP("lori::ui::ErrorText", "“%1” is no model on the list, and no file or folder is there"),
         QT_TRANSLATE_NOOP("lori::ui::ErrorText", "the list has: %2")},
    Said{"no_such_run", QT_TRANSLATE_NOOP("lori::ui::ErrorText", "there is no such run"),
         QT_TRANSLATE_NOOP("lori::ui::ErrorText", "choose one on the History page")},
    Said{"not_a_run", QT_TRANSLATE_NOOP("lori::ui::ErrorText", "this folder holds no run: its config.json is missing"),
         QT_TRANSLATE_NOOP("lori::ui::ErrorText", "choose the folder of a run")},
    Said{"no_rows", QT_TRANSLATE_NOOP("lori::ui::ErrorText", "the file holds no rows"),
         QT_TRANSLATE_NOOP("lori::ui::ErrorText", "choose a file with rows")},
    Said{"no_usable_row", QT_TRANSLATE_NOOP("lori::ui::ErrorText", "none of the %1 rows can be used"),
         QT_TRANSLATE_NOOP("lori::ui::ErrorText", "the first problem: %2")},
    Said{"not_rows", QT_TRANSLATE_NOOP("lori::ui::ErrorText", "this is %1, not a file of rows"), "%2"},
    Said{"no_column", QT_TRANSLATE_NOOP("lori::ui::ErrorText", "there is no column \"%1\""),
         QT_TRANSLATE_NOOP("lori::ui::ErrorText", "the columns are: %2")},
    Said{"bundle_not_a_zip", QT_TRANSLATE_NOOP("lori::ui::ErrorText", "this is no .lori file"),
         QT_TRANSLATE_NOOP("lori::ui::ErrorText", "choose a file that was exported from a history")},
    Said{"bundle_foreign_zip", QT_TRANSLATE_NOOP("lori::ui::ErrorText", "this is a zip file of another program"),
         QT_TRANSLATE_NOOP("lori::ui::ErrorText", "choose a file that was exported from a history")},
    Said{"bundle_newer",
         QT_TRANSLATE_NOOP("lori::ui::ErrorText", "the file has version %1, and this program reads versions up to %2"),
         QT_TRANSLATE_NOOP("lori::ui::ErrorText", "open it with a newer program")},
    Said{"bundle_manifest", QT_TRANSLATE_NOOP("lori::ui::ErrorText", "the file's list of contents cannot be read (%1)"),
         QT_TRANSLATE_NOOP("lori::ui::ErrorText", "ask for the file again")},
    Said{"bundle_damaged", QT_TRANSLATE_NOOP("lori::ui::ErrorText", "“%1” in the file is not what was packed"),
         QT_TRANSLATE_NOOP("lori::ui::ErrorText", "ask for the file again")},
    Said{"bundle_missing", QT_TRANSLATE_NOOP("lori::ui::ErrorText", "“%1” is missing in the file"),
         QT_TRANSLATE_NOOP("lori::ui::ErrorText", "ask for the file again")},
    Said{"bundle_unlisted",
         QT_TRANSLATE_NOOP("lori::ui::ErrorText", "the file holds “%1”, which its list of contents does not name"),
         QT_TRANSLATE_NOOP("lori::ui::ErrorText", "do not trust this file")},
    Said{"bundle_unsafe_path", QT_TRANSLATE_NOOP("lori::ui::ErrorText", "the file holds “%1”, which no run or job brings along"),
         QT_TRANSLATE_NOOP("lori::ui::ErrorText", "do not trust this file")},
    Said{"bundle_not_plain", QT_TRANSLATE_NOOP("lori::ui::ErrorText", "“%1” in the file is a link or a device"),
         QT_TRANSLATE_NOOP("lori::ui::ErrorText", "do not trust this file")},
    Said{"bundle_packing", QT_TRANSLATE_NOOP("lori::ui::ErrorText", "“%1” in the file is encrypted or packed in an unknown way"),
         QT_TRANSLATE_NOOP("lori::ui::ErrorText", "export it again with this program")},
    Said{"bundle_too_large",
         QT_TRANSLATE_NOOP("lori::ui::ErrorText", "the file would unpack to %1 MB, and at most %2 MB are read"),
         QT_TRANSLATE_NOOP("lori::ui::ErrorText", "export fewer runs at once, or without adapters")},
    Said{"bundle_too_many", QT_TRANSLATE_NOOP("lori::ui::ErrorText", "the file holds %1 files, and at most %2 are read"),
         QT_TRANSLATE_NOOP("lori::ui::ErrorText", "export fewer runs at once")},
    Said{"bundle_no_room", QT_TRANSLATE_NOOP("lori::ui::ErrorText", "%1 MB are needed, and %2 MB are free"),
         QT_TRANSLATE_NOOP("lori::ui::ErrorText", "make room on the disk")},
    Said{"bundle_at_work", QT_TRANSLATE_NOOP("lori::ui::ErrorText", "“%1” is at work"),
         QT_TRANSLATE_NOOP("lori::ui::ErrorText", "wait until it ends, or stop it")},
    Said{"bundle_no_folder", QT_TRANSLATE_NOOP("lori::ui::ErrorText", "the folder of “%1” is gone"),
         QT_TRANSLATE_NOOP("lori::ui::ErrorText", "choose runs whose folders are still there")},
    Said{"bundle_nothing", QT_TRANSLATE_NOOP("lori::ui::ErrorText", "nothing was chosen"),
         QT_TRANSLATE_NOOP("lori::ui::ErrorText", "choose at least one run")},
    Said{"bundle_exists", QT_TRANSLATE_NOOP("lori::ui::ErrorText", "there is a file of this name already"),
         QT_TRANSLATE_NOOP("lori::ui::ErrorText", "choose another name")},
    Said{"bundle_stopped", QT_TRANSLATE_NOOP("lori::ui::ErrorText", "it was stopped before its end, and nothing was kept"),
         QT_TRANSLATE_NOOP("lori::ui::ErrorText", "begin again whenever you like")},
};

const Said* saidOf(std::string_view code)
{
    const auto found = std::find_if(kSaid.begin(), kSaid.end(), [&](const Said& said) { return said.code == code; });
    return code.empty() || found == kSaid.end() ? nullptr : &*found;
}

} // namespace

bool ErrorText::knows(std::string_view code)
{
    return saidOf(code) != nullptr;
}

QString ErrorText::problem(const experiment::ConfigIssue& issue)
{
    const Said* said = saidOf(issue.code);
    return QString::fromStdString(said == nullptr ? issue.problem : filled(tr(said->what).toStdString(), issue.arguments));
}

QString ErrorText::kind(ErrorCode code)
{
    switch (code) {
    case ErrorCode::InvalidArgument:
        return tr("This does not work");
    case ErrorCode::NotFound:
        return tr("Not found");
    case ErrorCode::BadFile:
        return tr("A file is damaged or of another kind");
    case ErrorCode::Unsupported:
        return tr("This kind is not supported");
    case ErrorCode::Mismatch:
        return tr("These do not fit together");
    case ErrorCode::AlreadyExists:
        return tr("Already there");
    case ErrorCode::Busy:
        return tr("Another program is using it");
    case ErrorCode::NewerVersion:
        return tr("It was made by a newer version of this program");
    case ErrorCode::Io:
        return tr("Reading or writing failed");
    case ErrorCode::DiskFull:
        return tr("The disk is full");
    case ErrorCode::OutOfMemory:
        return tr("There is not enough memory");
    case ErrorCode::NonFinite:
        return tr("The numbers ran away: the loss is no longer finite");
    case ErrorCode::Stopped:
        return tr("Stopped; what was done is kept");
    case ErrorCode::Interrupted:
        return tr("Interrupted before anything could be kept");
    case ErrorCode::Internal:
        break;
    }
    return tr("A defect in this program");
}

QString ErrorText::sentence(const Error& error)
{
    Error said = error;
    if (const Said* known = saidOf(error.message)) {
        said.what = filled(tr(known->what).toStdString(), error.arguments);
        said.hint = *known->hint == '\0' ? error.hint : filled(tr(known->hint).toStdString(), error.arguments);
    }
    return tr("%1 – %2").arg(kind(error.code), QString::fromStdString(said.sentence()));
}

} // namespace lori::ui
