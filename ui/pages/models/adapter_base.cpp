// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/models/adapter_base.h"

#include "core/formats/model_files.h"
#include "ui/text.h"

namespace lori::ui {

AdapterBase AdapterBase::of(const KnownAdapter& adapter, const ModelLibrary& library, const Home& home)
{
    if (const ModelEntry* same = library.withFingerprint(adapter.baseFingerprint)) {
        return {tr("%1: at hand, the same weights").arg(Text::model(same->name)), Tone::Good, same->name};
    }
    const QString name = Text::model(adapter.baseModel);
    if (adapter.baseModel.isEmpty()) {
        return {tr("The adapter does not say which model it belongs to"), Tone::Caution, {}};
    }
    const ModelEntry* listed = library.find(adapter.baseModel);
    if (listed == nullptr) {
        for (const ModelEntry& entry : library.entries()) {
            listed = entry.path == adapter.baseModel.toStdString() ? &entry : listed;
        }
    }
    if (listed != nullptr && listed->state == ModelState::Checking) {
        return {tr("%1: checking…").arg(name), Tone::Quiet, {}};
    }
    if (listed != nullptr && listed->state == ModelState::Ready) {
        return adapter.baseFingerprint.empty()
                   ? AdapterBase{tr("%1: at hand; the adapter does not tell whether the weights are the same").arg(name),
                                 Tone::Quiet, listed->name}
                   : AdapterBase{tr("%1: the model of this name has other weights than the adapter was trained on").arg(name),
                                 Tone::Caution,
                                 {}};
    }
    if (listed == nullptr && formats::resolveModel(home.root, adapter.baseModel.toStdString())) {
        return {tr("%1: its files are there, but it is not on the list of models").arg(name), Tone::Quiet, adapter.baseModel};
    }
    return {tr("%1: not here. Add it under Models to use this adapter").arg(name), Tone::Caution, {}};
}

} // namespace lori::ui
