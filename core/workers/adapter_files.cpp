// SPDX-License-Identifier: Apache-2.0
#include "core/workers/adapter_files.h"

#include "core/formats/model_files.h"

namespace lori::workers {

Result<formats::AdapterFiles> openAdapterFiles(const Home& home, const std::string& path, const std::string& model,
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
            formats::readModelConfig(formats::resolveModel(home.root, model).value()).value().shape;
        formats::AdapterFiles adapter = open(&shape);
        formats::checkAdapterFits(adapter, shape).value();
        return adapter;
    });
}

} // namespace lori::workers
