// SPDX-License-Identifier: Apache-2.0
#pragma once

// What is most often wrong with a model or an adapter that the window says in its own language (ui/services/error_text.cpp). A
// test walks kMessages.

#include "core/support/message.h"

#include <array>

namespace lori::formats::messages {

inline constexpr CodedMessage kNoModel{"no_model_there", "there is no such model", "check the path, or see the list of models"};
inline constexpr CodedMessage kNoConfig{"no_config", "the folder has no config.json", "choose the model's folder or a GGUF file"};
inline constexpr CodedMessage kPickledWeights{"pickled_weights", "the weights are a pickle (pytorch_model.bin)",
                                              "convert them to safetensors"};
inline constexpr CodedMessage kNoWeights{"no_weights", "the folder has no model.safetensors", "choose the model's folder"};
inline constexpr CodedMessage kWeightsInParts{"weights_in_parts",
                                              "the folder has '%1', but no model.safetensors and no model.safetensors.index.json",
                                              "download the index, or the weights in Hugging Face's layout"};
inline constexpr CodedMessage kUnknownFamily{"unknown_family", "the architecture '%1' is not supported (%2 are)",
                                             "choose another model"};
inline constexpr CodedMessage kForeignFamily{"foreign_family", "the architecture '%1' is not supported: it has %2",
                                             "choose another model"};
inline constexpr CodedMessage kQuantized{"quantized", "the model is quantized (%1)",
                                         "choose its unquantized weights, or a GGUF file of it"};
inline constexpr CodedMessage kTensorMissing{"tensor_missing", "the tensor '%1' is missing",
                                             "the file is not complete: save or download the model again"};
inline constexpr CodedMessage kHeadMissing{"head_missing", "the tensor '%1' is missing",
                                           "if the head is the embedding, set 'tie_word_embeddings' to true in config.json"};
inline constexpr CodedMessage kNoAdapter{"no_adapter", "there is no adapter here", "choose an adapter's folder"};
inline constexpr CodedMessage kNotAnAdapter{"not_an_adapter", "this file is no adapter", "choose an adapter's folder"};
inline constexpr CodedMessage kOtherBase{"other_base", "this adapter was trained on another base model (%1)",
                                         "open it with the model it was trained on"};
inline constexpr CodedMessage kModelGone{"model_gone", "the model '%1' is not there (any more)", "put it back or add it again"};
inline constexpr CodedMessage kEmbeddedModelGone{"embedded_model_gone", "the model '%1' is not there (any more)",
                                                 "run packaging/run.sh once, or set LORI_MODEL_DIR to its folder"};
inline constexpr CodedMessage kUnknownModel{"unknown_model", "'%1' is neither a model's name nor a path", "the names are: %2"};

inline constexpr std::array kMessages{kNoModel,        kNoConfig,      kPickledWeights,    kNoWeights,
                                      kWeightsInParts, kUnknownFamily, kForeignFamily,     kQuantized,
                                      kTensorMissing,  kHeadMissing,   kNoAdapter,         kNotAnAdapter,
                                      kOtherBase,      kModelGone,     kEmbeddedModelGone, kUnknownModel};

} // namespace lori::formats::messages
