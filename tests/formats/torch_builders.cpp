// SPDX-License-Identifier: Apache-2.0
#include "tests/formats/torch_builders.h"

#include "tests/formats/file_builders.h"

namespace lori::test {

std::string pickledText(const std::string& text)
{
    return "X" + littleEndian(static_cast<std::uint32_t>(text.size())) + text;
}

std::string pickledInt(std::int32_t value)
{
    return "J" + littleEndian(value);
}

std::string pickledGlobal(const std::string& module, const std::string& name)
{
    return "c" + module + "\n" + name + "\n";
}

std::string pickledTuple(const std::vector<std::int32_t>& values)
{
    std::string bytes = "(";
    for (const std::int32_t value : values) {
        bytes += pickledInt(value);
    }
    return bytes + "t";
}

std::string TorchTensor::pickled() const
{
    std::vector<std::int32_t> steps = strides;
    if (steps.empty()) {
        steps.assign(shape.size(), 1);
        for (std::size_t i = shape.size(); i-- > 1;) {
            steps[i - 1] = steps[i] * shape[i];
        }
    }
    const std::string storage = "(" + pickledText("storage") + pickledGlobal("torch", storageType) + pickledText(key) +
                                pickledText("cpu") + pickledInt(entries) + "tQ";
    return pickledGlobal("torch._utils", "_rebuild_tensor_v2") + "(" + storage + pickledInt(offset) + pickledTuple(shape) +
           pickledTuple(steps) + "\x89" + pickledGlobal("collections", "OrderedDict") + ")RtR";
}

std::string pickledTensors(const std::vector<TorchTensor>& tensors)
{
    std::string bytes = "\x80\x02}(";
    for (const TorchTensor& tensor : tensors) {
        bytes += pickledText(tensor.name) + tensor.pickled();
    }
    return bytes + "u.";
}

std::string ZipBuilder::build() const
{
    std::string data;
    std::string directory;
    for (const auto& [name, bytes] : entries) {
        const auto size = littleEndian(static_cast<std::uint32_t>(bytes.size()));
        const auto nameLength = littleEndian(static_cast<std::uint16_t>(name.size()));
        const std::uint64_t offset = data.size();
        const std::string common = littleEndian(std::uint16_t{20}) + littleEndian(flags) + littleEndian(method) + zeros(8);
        data += "PK\x03\x04" + common + size + size + nameLength + littleEndian(std::uint16_t{0}) + name + bytes;
        const std::string extra = zip64 ? littleEndian(std::uint16_t{1}) + littleEndian(std::uint16_t{24}) +
                                              littleEndian(std::uint64_t{bytes.size()}) +
                                              littleEndian(std::uint64_t{bytes.size()}) + littleEndian(offset)
                                        : std::string();
        const std::string in64 = "\xff\xff\xff\xff";
        directory += "PK\x01\x02" + littleEndian(std::uint16_t{20}) + common + (zip64 ? in64 + in64 : size + size) + nameLength +
                     littleEndian(static_cast<std::uint16_t>(extra.size())) + zeros(10) +
                     (zip64 ? in64 : littleEndian(static_cast<std::uint32_t>(offset))) + name + extra;
    }
    std::string end;
    if (zip64) {
        end = "PK\x06\x06" + littleEndian(std::uint64_t{44}) + zeros(12) + littleEndian(std::uint64_t{entries.size()}) +
              littleEndian(std::uint64_t{entries.size()}) + littleEndian(std::uint64_t{directory.size()}) +
              littleEndian(std::uint64_t{data.size()});
        end += "PK\x06\x07" + zeros(4) + littleEndian(std::uint64_t{data.size() + directory.size()}) +
               littleEndian(std::uint32_t{1});
    }
    const auto count = zip64 ? std::string("\xff\xff") : littleEndian(static_cast<std::uint16_t>(entries.size()));
    const auto at = zip64 ? std::string("\xff\xff\xff\xff") : littleEndian(static_cast<std::uint32_t>(data.size()));
    end += "PK\x05\x06" + zeros(4) + count + count + littleEndian(static_cast<std::uint32_t>(directory.size())) + at + zeros(2);
    return data + directory + end;
}

ZipBuilder torchZip(const std::string& pickle, const std::vector<std::pair<std::string, std::string>>& storages)
{
    ZipBuilder zip;
    zip.entries = {{"archive/data.pkl", pickle}, {"archive/byteorder", "little"}};
    for (const auto& [key, bytes] : storages) {
        zip.entries.emplace_back("archive/data/" + key, bytes);
    }
    zip.entries.emplace_back("archive/version", "3\n");
    return zip;
}

std::string oldTorchFile(const std::string& pickle, const std::vector<OldStorage>& storages, bool littleEndianMachine)
{
    const std::string magic("\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19.", 15);
    const std::string protocol = std::string("\x80\x02M") + littleEndian(std::uint16_t{1001}) + ".";
    const std::string facts =
        "\x80\x02}(" + pickledText("little_endian") + std::string(littleEndianMachine ? "\x88" : "\x89") + "u.";
    std::string keys = "\x80\x02](";
    std::string data;
    for (const OldStorage& storage : storages) {
        keys += pickledText(storage.key);
        data += littleEndian(storage.entries) + storage.bytes;
    }
    return magic + protocol + facts + pickle + keys + "e." + data;
}

} // namespace lori::test
