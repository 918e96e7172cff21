"""Fixtures of text encoders that see distances, or nothing, in attention: T5, DeBERTa, SigLIP's text half."""

from transformers import (
    DebertaV2Config,
    DebertaV2ForMaskedLM,
    DebertaV2ForSequenceClassification,
    DebertaV2Model,
    SiglipConfig,
    SiglipModel,
    SiglipTextConfig,
    SiglipTextModel,
    T5Config,
    T5EncoderModel,
    T5ForConditionalGeneration,
)

from encoder_fixture import Fixture
from image_encoders import whole
from text_encoders import tokens


def t5(name, lengths, cls=T5EncoderModel, **overrides):
    settings = dict(vocab_size=50, d_model=16, d_kv=6, d_ff=24, num_layers=3, num_heads=4, num_decoder_layers=1)
    config = T5Config(**(settings | overrides), attn_implementation="eager")
    return Fixture(name, cls, config, tokens(lengths, types=False))


def make_t5():
    base = t5("t5", [40, 7, 1])
    base.must_matter(dense_act_fn="gelu")
    base.must_matter(relative_attention_max_distance=20)
    gated = t5("t5-gated", [13, 7], feed_forward_proj="gated-gelu", layer_norm_epsilon=0.05)
    gated.must_matter(layer_norm_epsilon=1e-6)
    gated.must_matter(dense_act_fn="silu")
    t5(
        "t5-other-settings",
        [60, 9],
        feed_forward_proj="gated-silu",
        relative_attention_num_buckets=16,
        relative_attention_max_distance=40,
        n_positions=64,
        num_heads=2,
    )
    t5("t5-generation", [7, 3], cls=T5ForConditionalGeneration)


def deberta(name, lengths, cls=DebertaV2Model, types=False, **overrides):
    settings = dict(
        vocab_size=50,
        hidden_size=16,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=24,
        max_position_embeddings=64,
        relative_attention=True,
        pos_att_type=["p2c", "c2p"],
        position_biased_input=False,
        position_buckets=8,
        norm_rel_ebd="layer_norm",
        share_att_key=True,
        max_relative_positions=-1,
    )
    config = DebertaV2Config(**(settings | overrides), attn_implementation="eager")
    return Fixture(name, cls, config, tokens(lengths, types=types), open_padding=min(lengths) < max(lengths))


def make_deberta():
    base = deberta("deberta-v3", [40, 17, 1])
    base.must_matter(hidden_act="relu")
    base.must_matter(norm_rel_ebd="none")
    base.must_matter(max_relative_positions=20)
    own = deberta(
        "deberta-v2-own-projections",
        [30, 9],
        share_att_key=False,
        norm_rel_ebd="none",
        position_buckets=-1,
        max_relative_positions=12,
        layer_norm_eps=0.05,
        hidden_act="gelu_new",
    )
    own.must_matter(layer_norm_eps=1e-7)
    own.must_matter(hidden_act="relu")
    deberta("deberta-v2-c2p", [20, 9], pos_att_type="c2p", share_att_key=False, position_buckets=4)
    deberta("deberta-v2-p2c", [20, 9], pos_att_type=["p2c"], share_att_key=False, num_attention_heads=4)
    conv = deberta("deberta-v2-convolution", [20, 9, 1], conv_kernel_size=3, conv_act="gelu")
    conv.must_matter(conv_act="tanh")
    deberta("deberta-v2-wide-convolution", [20, 9], conv_kernel_size=5, attention_head_size=8)
    deberta(
        "deberta-v2-no-distances",
        [13, 7],
        types=True,
        relative_attention=False,
        position_biased_input=True,
        type_vocab_size=2,
        embedding_size=10,
        max_position_embeddings=20,
    )
    deberta("deberta-v2-masked-lm", [7, 3], cls=DebertaV2ForMaskedLM)
    deberta("deberta-v2-sequence-classification", [7, 3], cls=DebertaV2ForSequenceClassification)


SIGLIP = dict(
    vocab_size=50,
    hidden_size=16,
    num_hidden_layers=2,
    num_attention_heads=4,
    intermediate_size=24,
    max_position_embeddings=12,
    pad_token_id=1,
    bos_token_id=2,
    eos_token_id=1,
)


def full(rows, masked=False):
    """Texts as long as the encoder takes."""

    def make(config, generator):
        inputs = tokens([12] * rows, types=False)(config, generator)
        return inputs if masked else {"input_ids": inputs["input_ids"]}

    return make


def siglip_text(name, rows, masked=False, **overrides):
    config = SiglipTextConfig(**(SIGLIP | overrides), attn_implementation="eager")
    return Fixture(name, SiglipTextModel, config, full(rows, masked))


def make_siglip_text():
    base = siglip_text("siglip-text", 3)
    base.must_matter(hidden_act="gelu")
    siglip_text("siglip-text-other-settings", 2, masked=True, hidden_act="relu", layer_norm_eps=0.05, vocab_size=40)
    halves = whole(SiglipModel, SiglipConfig, "siglip-whole-texts", SIGLIP, make_inputs=full(2))
    halves.must_matter(text_config=SIGLIP | dict(hidden_act="gelu"))


def make():
    make_t5()
    make_deberta()
    make_siglip_text()
