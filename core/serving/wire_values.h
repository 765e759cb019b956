// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/serving/requests.h"
#include "core/wire/messages.h"

#include <string>
#include <vector>

// The wire's values as the session's, and back. Internal to this room; those of requests throw InvalidArgument with the field.
namespace lori::serving {

[[nodiscard]] Mix mixOf(const std::vector<wire::MixPart>& parts);
[[nodiscard]] std::vector<model::Site> sitesOf(const std::vector<wire::SitePlace>& places);
[[nodiscard]] PromptForm promptFormOf(const std::string& form);
[[nodiscard]] TextRequest textRequestOf(const std::string& prompt, const std::string& form, const wire::TextOptions& options);
[[nodiscard]] ChatRequest chatRequestOf(const wire::Chat& chat);

[[nodiscard]] std::vector<wire::MixPart> onWire(const Mix& mix);
[[nodiscard]] std::vector<wire::SitePlace> onWire(const std::vector<model::Site>& sites);
[[nodiscard]] wire::Adapter onWire(const AdapterInfo& info);
[[nodiscard]] std::vector<wire::Adapter> onWire(const std::vector<AdapterInfo>& infos);
[[nodiscard]] wire::Done onWire(const Answer& answer);
[[nodiscard]] wire::EffectDone onWire(const Effect& effect);

} // namespace lori::serving
