# SPDX-License-Identifier: Apache-2.0
"""Small random models of each family's true configuration: its numbers of heads, its GQA ratio, head size rule, tying, biases,
norms, rotary scaling and windows; only widths of heads and layers, their number and the vocabulary are smaller."""
import common

LLAMA3_SCALING = {"rope_type": "llama3", "low_freq_factor": 1.0, "high_freq_factor": 4.0, "original_max_position_embeddings": 8192}
HEAD = 8  # entries of a head; the true ones have 64 to 128


def llama(heads, kv, tied, theta=10000.0, **more):
    return "Llama", {"num_attention_heads": heads, "num_key_value_heads": kv, "tie_word_embeddings": tied, "rope_theta": theta,
                     "rms_norm_eps": 1e-5, **more}


def mistral(window, theta=10000.0):
    return "Mistral", {"num_attention_heads": 32, "num_key_value_heads": 8, "head_dim": HEAD, "rms_norm_eps": 1e-5,
                       "tie_word_embeddings": False, "sliding_window": window, "rope_theta": theta}


def qwen2(heads, kv, tied, **more):
    return "Qwen2", {"num_attention_heads": heads, "num_key_value_heads": kv, "tie_word_embeddings": tied, "rope_theta": 1e6,
                     "rms_norm_eps": 1e-6, "use_sliding_window": False, **more}


def qwen3(heads, kv, tied, hidden, **more):
    return "Qwen3", {"num_attention_heads": heads, "num_key_value_heads": kv, "tie_word_embeddings": tied, "hidden_size": hidden,
                     "head_dim": 2 * HEAD, "rope_theta": 1e6, "rms_norm_eps": 1e-6, **more}


def smollm3(**more):
    return "SmolLM3", {"num_attention_heads": 16, "num_key_value_heads": 4, "num_hidden_layers": 5, "tie_word_embeddings": True,
                       "rope_theta": 5e6, "rms_norm_eps": 1e-6, "pad_token_id": 0, **more}


WINDOW = 24  # tokens; the strings of the tests are several times as long


def gemma2(heads, kv, hidden, **more):
    return "Gemma2", {"num_attention_heads": heads, "num_key_value_heads": kv, "hidden_size": hidden, "head_dim": 2 * HEAD,
                      "query_pre_attn_scalar": 2 * HEAD, "sliding_window": WINDOW, "rms_norm_eps": 1e-6, "rope_theta": 10000.0,
                      "attn_logit_softcapping": 50.0, "final_logit_softcapping": 30.0, **more}


def gemma3(heads, kv, hidden, layers, **more):
    return "Gemma3Text", {"num_attention_heads": heads, "num_key_value_heads": kv, "hidden_size": hidden, "head_dim": 2 * HEAD,
                          "query_pre_attn_scalar": 2 * HEAD, "sliding_window": WINDOW, "num_hidden_layers": layers,
                          "rms_norm_eps": 1e-6, **more}


def rope(theta, **more):
    return {"rope_theta": theta, "rope_type": "default", **more}


def phi3(heads, kv, **more):
    return "Phi3", {"num_attention_heads": heads, "num_key_value_heads": kv, "rms_norm_eps": 1e-5, "pad_token_id": 0, **more}


def longrope(original):
    short, long = [1.0 + 0.1 * n for n in range(3)], [1.0, 4.0, 20.0]
    return {"heads": 24, "kv": 8, "tie_word_embeddings": True, "max_position_embeddings": 2048,
            "original_max_position_embeddings": original,
            "rope_parameters": {"rope_theta": 10000.0, "rope_type": "longrope", "partial_rotary_factor": 0.75,
                                "short_factor": short, "long_factor": long}}


def granite(kind, **more):
    return kind, {"num_attention_heads": 32, "num_key_value_heads": 8, "tie_word_embeddings": True, "embedding_multiplier": 12.0,
                  "residual_multiplier": 0.22, "attention_multiplier": 0.125, "logits_scaling": 8.0, "rms_norm_eps": 1e-5,
                  "rope_theta": 5e6, **more}


def granite4(layers=4):
    hidden = 32 * HEAD
    return granite("GraniteMoeHybrid", num_local_experts=0, num_experts_per_tok=0, layer_types=["attention"] * layers,
                   position_embedding_type="rope", shared_intermediate_size=2 * hidden, mamba_n_heads=8, mamba_d_head=hidden // 4,
                   logits_scaling=10.0)


def olmo(kind, heads, kv, **more):
    return kind, {"num_attention_heads": heads, "num_key_value_heads": kv, "rms_norm_eps": 1e-6, "pad_token_id": 0, **more}


YARN3 = {"rope_type": "yarn", "rope_theta": 1e6, "factor": 16.0, "original_max_position_embeddings": 40, "beta_fast": 32.0,
         "beta_slow": 1.0, "mscale": 1.0, "mscale_all_dim": 1.0, "llama_4_scaling_beta": 0.1}


def ministral3(**more):
    return "Ministral3", {"num_attention_heads": 32, "num_key_value_heads": 8, "head_dim": HEAD, "rms_norm_eps": 1e-5,
                          "hidden_size": 24 * HEAD, "tie_word_embeddings": True, "rope_parameters": YARN3, "pad_token_id": 0, **more}


def exaone4(heads, **more):
    return "Exaone4", {"num_attention_heads": heads, "num_key_value_heads": 8, "rms_norm_eps": 1e-5, "pad_token_id": 0, **more}


def ernie(**more):
    return "Ernie4_5", {"num_attention_heads": 16, "num_key_value_heads": 2, "hidden_size": 64, "head_dim": HEAD,
                        "rope_theta": 5e5, "rms_norm_eps": 1e-5, "pad_token_id": 0, **more}


def hunyuan(**more):
    return "HunYuanDenseV1", {"num_attention_heads": 16, "num_key_value_heads": 8, "head_dim": HEAD, "hidden_size": 64,
                              "rms_norm_eps": 1e-5, "tie_word_embeddings": True,
                              "rope_parameters": rope(10000.0, rope_type="dynamic", alpha=1000.0, factor=1.0, beta_fast=32,
                                                      beta_slow=1, mscale=1.0, mscale_all_dim=0.0), **more}


# Models that also see, with the text model inside: (class, its configuration without the text model).
EYES = {"Gemma3Text": "Gemma3", "Ministral3": "Mistral3"}
FAMILIES = {
    "Llama 2 7B": llama(32, 32, False),
    "Llama 2 70B": llama(64, 8, False),
    "Llama 3 8B": llama(32, 8, False, 5e5),
    "Llama 3.1 8B": llama(32, 8, False, 5e5, max_position_embeddings=131072, rope_scaling={"factor": 8.0, **LLAMA3_SCALING}),
    "Llama 3.2 1B": llama(32, 8, True, 5e5, max_position_embeddings=131072, rope_scaling={"factor": 32.0, **LLAMA3_SCALING}),
    "Llama, linear scaling": llama(32, 32, False, rope_scaling={"rope_type": "linear", "factor": 4.0}),
    "Llama, attention biases": llama(8, 8, False, attention_bias=True),
    "Mistral 7B v0.1, window": mistral(WINDOW),
    "Mistral 7B v0.3": mistral(None, 1e6),
    "Qwen2 0.5B": qwen2(14, 2, True),
    "Qwen2 7B": qwen2(28, 4, False),
    "Qwen2.5 1.5B": qwen2(12, 2, True),
    "Qwen2, window above layer 2": qwen2(14, 2, True, use_sliding_window=True, sliding_window=WINDOW, max_window_layers=2),
    "Qwen2, window by layer types": qwen2(14, 2, True, use_sliding_window=True, sliding_window=WINDOW,
                                          layer_types=["sliding_attention", "full_attention"] * 2),
    "Qwen3 0.6B": qwen3(16, 8, True, 128),
    "Qwen3 8B": qwen3(32, 8, False, 256),
    "Qwen3, window in all layers": qwen3(16, 8, True, 128, use_sliding_window=True, sliding_window=WINDOW, max_window_layers=0),
    "SmolLM2 135M": llama(9, 3, True, 1e5),
    "SmolLM2 1.7B": llama(32, 32, True, 130000.0),
    "SmolLM3 3B": smollm3(),
    "SmolLM3, own list of NoPE layers": smollm3(no_rope_layers=[0, 1, 1, 0, 1]),
    "SmolLM3, window in NoPE layers": smollm3(use_sliding_window=True, sliding_window=WINDOW, no_rope_layer_interval=2),
    "Llama, biases everywhere": llama(8, 8, False, attention_bias=True, mlp_bias=True),
    "Llama, dynamic scaling, beyond it": llama(8, 8, False, max_position_embeddings=100,
                                               rope_scaling={"rope_type": "dynamic", "factor": 4.0}),
    "Llama, longer than its context": llama(8, 8, False, max_position_embeddings=64),
    "Qwen2.5 1.5B, yarn": qwen2(12, 2, True, max_position_embeddings=400,
                                rope_scaling={"rope_type": "yarn", "factor": 4.0, "original_max_position_embeddings": 100}),
    "Gemma 2 2B": gemma2(8, 4, 72),
    "Gemma 2, low caps": gemma2(8, 4, 72, attn_logit_softcapping=2.0, final_logit_softcapping=3.0),
    "Gemma 3 270M": gemma3(4, 1, 80, 6),
    "Gemma 3 1B": gemma3(4, 1, 72, 7, sliding_window=8),
    "Gemma 3 4B, inside gemma3": gemma3(8, 4, 80, 6, rope_parameters={
        "sliding_attention": rope(10000.0), "full_attention": rope(1e6, rope_type="linear", factor=8.0)}),
    "Phi-3 mini 4k": phi3(32, 32, sliding_window=WINDOW),
    "Phi-4 mini": phi3(**longrope(4096)),
    "Phi-4 mini, long rows": phi3(**longrope(40)),
    "Granite 3.3 2B": granite("Granite"),
    "Granite, biases": granite("Granite", attention_bias=True, mlp_bias=True),
    "Granite 4 Micro": granite4(),
    "OLMo 2 1B": olmo("Olmo2", 16, 16, rope_theta=5e5),
    "OLMo 2 32B": olmo("Olmo2", 40, 8, rope_theta=5e5),
    "OLMo 3 7B": olmo("Olmo3", 32, 32, sliding_window=WINDOW, max_position_embeddings=400, rope_parameters={
        "sliding_attention": rope(5e5),
        "full_attention": rope(5e5, rope_type="yarn", factor=8.0, original_max_position_embeddings=50, attention_factor=1.2079441541679836,
                               beta_fast=32, beta_slow=1)}),
    "Ministral 3 3B": ministral3(),
    "Ministral 3 3B, inside mistral3": ministral3(),
    "EXAONE 4 1.2B": exaone4(32, sliding_window=None, layer_types=["full_attention"] * 4, tie_word_embeddings=True,
                             rope_parameters=rope(1e6, rope_type="llama3", factor=16.0, low_freq_factor=1.0, high_freq_factor=4.0,
                                                  original_max_position_embeddings=100)),
    "EXAONE 4 32B": exaone4(40, sliding_window=WINDOW, num_hidden_layers=4, sliding_window_pattern=4, rope_theta=1e6),
    "ERNIE 4.5 0.3B": ernie(),
    "ERNIE 4.5, biases": ernie(use_bias=True),
    "Hunyuan 0.5B": hunyuan(),
}


def made(kind, settings, isInside):
    """The random model, alone or as the text model of one that also sees."""
    import transformers
    config = getattr(transformers, f"{kind}Config")(**settings)
    if not isInside:
        return getattr(transformers, f"{kind.removesuffix('Text')}ForCausalLM")(config)
    outer = EYES[kind]
    eye = {"hidden_size": 16, "intermediate_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2, "image_size": 16,
           "patch_size": 8, "head_dim": 8}
    whole = getattr(transformers, f"{outer}Config")(text_config=config.to_dict(), vision_config=eye if outer == "Mistral3" else {
        key: value for key, value in eye.items() if key != "head_dim"}, eos_token_id=2, bos_token_id=1)
    return getattr(transformers, f"{outer}ForConditionalGeneration")(whole)


def save(torch, place, name, dtype=None):
    """Writes the small model as a Hugging Face folder with the tiny tokenizer; returns (folder, model in f32 of what was stored)."""
    import make_tiny_model
    import transformers
    kind, settings = FAMILIES[name]
    vocabulary = make_tiny_model.tokenizer()[1]
    hidden = settings.get("hidden_size", settings["num_attention_heads"] * HEAD)
    settings = {"vocab_size": vocabulary, "num_hidden_layers": 4, "intermediate_size": 3 * hidden, "max_position_embeddings": 2048,
                "bos_token_id": 1, "eos_token_id": 2, "initializer_range": 1.2 / hidden ** 0.5, **settings, "hidden_size": hidden}
    torch.manual_seed(len(name))
    model = made(kind, settings, ", inside" in name).eval()
    lacksOne = kind.startswith("Gemma")  # its norms are 1 + w
    with torch.no_grad():  # norms that are not all one and biases that are not all zero, so that a forgotten one shows
        for key, parameter in model.named_parameters():
            if "norm" in key:
                parameter.uniform_(-0.5 if lacksOne else 0.5, 0.5 if lacksOne else 1.5)
            elif key.endswith("bias"):
                parameter.normal_(0, 0.5)
            elif lacksOne and "embed_tokens" in key:
                parameter.mul_(0.3)  # it is multiplied by the root of the width
    folder = place / "".join(c if c.isalnum() else "-" for c in f"{name} {dtype or ''}")
    (model.to(dtype) if dtype else model).save_pretrained(folder)
    tiny = make_tiny_model.make_tiny_model(place / "tokenizer")
    for file in ("tokenizer.json", "tokenizer_config.json"):
        (folder / file).write_bytes((tiny / file).read_bytes())
    if dtype:  # read back, because rounding the model in place also rounds its rotary frequencies
        model = transformers.AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32).eval()
    return folder, model


def tokenizer(place):
    from tokenizers import Tokenizer
    import make_tiny_model
    return Tokenizer.from_file(str(make_tiny_model.make_tiny_model(place / "tokenizer") / "tokenizer.json"))


def texts(count):
    """Questions of several windows' length for the tiny tokenizer, which knows bytes and a few pairs."""
    return [text[:160] for text in common.questions(3 * count) if len(text) > 80][:count]
