// SPDX-License-Identifier: Apache-2.0
#pragma once

// Everything that can be wrong with a configuration, each sentence once. ui/services/error_text.cpp says them in the window's
// language; a test walks kConfigMessages and fails on one that it cannot say.

#include "core/support/message.h"

#include <array>

namespace lori::experiment::messages {

inline constexpr CodedMessage kOutsideRange{"outside_range", "must be between %1 and %2, is %3", "choose a value in that range"};
inline constexpr CodedMessage kNotPositive{"not_positive", "must be a finite number above 0, is %1", "%2"};
inline constexpr CodedMessage kEpochsOutsideRange{"epochs_outside_range", "must be above 0 and at most 10000, is %1",
                                                  "or give a number of steps"};
inline constexpr CodedMessage kAccumulateAboveBatch{"accumulate_above_batch", "must not exceed batchRows (%1), is %2",
                                                    "a part needs at least one row"};
inline constexpr CodedMessage kPromptNotBelowRow{"prompt_not_below_row", "must be below maxTokens (%1), is %2",
                                                 "leave room for the response"};
inline constexpr CodedMessage kBetaOutsideRange{"beta_outside_range", "must be at least 0 and below 1, is %1",
                                                "0.9 and 0.999 are usual"};
inline constexpr CodedMessage kNegativeRows{"negative_rows", "must be 0 (all) or more, is %1", "use 0 for all rows"};

inline constexpr CodedMessage kNoName{"no_name", "is empty", "give the run a name"};
inline constexpr CodedMessage kLongName{"long_name", "is longer than 200 bytes", "shorten it; the purpose may be longer"};
inline constexpr CodedMessage kNoModel{"no_model", "is empty", "choose a registered model or a folder"};
inline constexpr CodedMessage kNoProjection{"no_projection", "no projection is chosen", "choose at least one"};
inline constexpr CodedMessage kProjectionTwice{"projection_twice", "%1 is named twice", "name each projection once"};
inline constexpr CodedMessage kNotInIa3Targets{"not_in_ia3_targets", "%1 is not among ia3Targets",
                                               "name it there too, or leave it out here"};

inline constexpr CodedMessage kNoData{"no_data", "there is nothing to train on", "add a starter task or a file"};
inline constexpr CodedMessage kNoSource{"no_source", "names neither a task nor a file", "give exactly one of the two"};
inline constexpr CodedMessage kTwoSources{"two_sources", "names both a task and a file", "give exactly one of the two"};
inline constexpr CodedMessage kNoSuchTask{"no_such_task", "\"%1\" is no task",
                                          "use safety, maths, language or code, or a published set: %2"};
inline constexpr CodedMessage kTaskTwice{"task_twice", "\"%1\" is named twice", "name each task once"};
inline constexpr CodedMessage kMessagesAndOthers{"messages_and_others", "names a messages column together with others",
                                                 "use messages alone, or instruction, input and output"};
inline constexpr CodedMessage kColumnsOfATask{"columns_of_a_task", "columns belong to files, this source is a starter task",
                                              "leave them empty"};

inline constexpr CodedMessage kNoStages{"no_stages", "there are no stages", "add at least a LoRI-D stage"};
inline constexpr CodedMessage kNotAnEarlierStage{"not_an_earlier_stage", "must name a stage before this one, is %1",
                                                 "stages are counted from 0"};
inline constexpr CodedMessage kWrongSourceStage{"wrong_source_stage", "stage %1 is %2, not an adapter this kind can start from",
                                                "name another stage"};
inline constexpr CodedMessage kNotAMaskStage{"not_a_mask_stage", "stage %1 is %2, not a mask", "name another stage"};
inline constexpr CodedMessage kTwoStarts{"two_starts", "starts from a stage and from a folder", "give one of the two"};
inline constexpr CodedMessage kNothingToGoOnFrom{"nothing_to_go_on_from", "there is nothing to go on from",
                                                 "name a stage in fromStage or a folder in fromAdapter"};
inline constexpr CodedMessage kMaskWithoutB{"mask_without_b", "a mask needs a trained B and there is no LoRI-D stage before it",
                                            "put a LoRI-D stage before it or name an adapter in fromAdapter"};
inline constexpr CodedMessage kNoMask{"no_mask", "%1 needs a mask and there is no mask stage before it",
                                      "put a mask stage before it or name a mask in maskFile"};

inline constexpr CodedMessage kFloorNotScored{"floor_not_scored", "\"%1\" is not scored in this run",
                                              "add it to evaluation.tasks"};
inline constexpr CodedMessage kFloorNeverTwice{
    "floor_never_twice", "\"%1\" is never scored twice, so no fall can be seen",
    "turn on evaluation.beforeTraining, or evaluation.afterEachStage with more than one stage"};
inline constexpr CodedMessage kFloorUnwatched{"floor_unwatched", "is 0, so nothing watches for the fall while training",
                                              "give the steps between two checks"};

inline constexpr CodedMessage kNotAFlag{"not_a_flag", "must be true or false, is %1", "correct this field"};
inline constexpr CodedMessage kNotWhole{"not_whole", "must be a whole number, is %1", "correct this field"};
inline constexpr CodedMessage kTooLarge{"too_large", "must be at most 9223372036854775807, is %1", "correct this field"};
inline constexpr CodedMessage kNegative{"negative", "must be 0 or more, is %1", "correct this field"};
inline constexpr CodedMessage kNotANumber{"not_a_number", "must be a number, is %1", "correct this field"};
inline constexpr CodedMessage kNotText{"not_text", "must be text, is %1", "correct this field"};
inline constexpr CodedMessage kNotAList{"not_a_list", "must be a list, is %1", "correct this field"};
inline constexpr CodedMessage kNotAnObject{"not_an_object", "must be an object {…}, is %1", "correct this field"};
inline constexpr CodedMessage kNotAWord{"not_a_word", "must be one of %2, is %1", "correct this field"};
inline constexpr CodedMessage kNoVersion{"no_version", "must be 1 or more, is %1", "correct this field"};
inline constexpr CodedMessage kNoSuchField{"no_such_field", "there is no such field", "known here: %1"};

inline constexpr std::array kConfigMessages{kOutsideRange,
                                            kNotPositive,
                                            kEpochsOutsideRange,
                                            kAccumulateAboveBatch,
                                            kPromptNotBelowRow,
                                            kBetaOutsideRange,
                                            kNegativeRows,
                                            kNoName,
                                            kLongName,
                                            kNoModel,
                                            kNoProjection,
                                            kProjectionTwice,
                                            kNotInIa3Targets,
                                            kNoData,
                                            kNoSource,
                                            kTwoSources,
                                            kNoSuchTask,
                                            kTaskTwice,
                                            kMessagesAndOthers,
                                            kColumnsOfATask,
                                            kNoStages,
                                            kNotAnEarlierStage,
                                            kWrongSourceStage,
                                            kNotAMaskStage,
                                            kTwoStarts,
                                            kNothingToGoOnFrom,
                                            kMaskWithoutB,
                                            kNoMask,
                                            kFloorNotScored,
                                            kFloorNeverTwice,
                                            kFloorUnwatched,
                                            kNotAFlag,
                                            kNotWhole,
                                            kTooLarge,
                                            kNegative,
                                            kNotANumber,
                                            kNotText,
                                            kNotAList,
                                            kNotAnObject,
                                            kNotAWord,
                                            kNoVersion,
                                            kNoSuchField};

} // namespace lori::experiment::messages
