// SPDX-License-Identifier: Apache-2.0
#include "app/lori/adapter_files.h"

#include "core/formats/model_files.h"

namespace lori::app {

Result<formats::AdapterFiles> openAdapterFiles(const Context& context, const std::string& path, const std::string& model,
                                               WantedAdapter wanted)
{
    const auto open = [&](const experiment::ModelShape* base) {
        return (wanted == WantedAdapter::Any ? formats::openAnyAdapter(path, base) : formats::openAdapter(path, base)).value();
    };
    return guard([&] {
        if (model.empty()) {
            return open(nullptr);
        }
        const experiment::ModelShape shape =
            formats::readModelConfig(formats::resolveModel(context.home.root, model).value()).value().shape;
        formats::AdapterFiles adapter = open(&shape);
        formats::checkAdapterFits(adapter, shape).value();
        return adapter;
    });
}

} // namespace lori::app
