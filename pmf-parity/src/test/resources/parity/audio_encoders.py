"""Fixtures of audio encoders."""

import torch
from transformers import (
    ASTConfig,
    ASTForAudioClassification,
    ASTModel,
    HubertConfig,
    HubertForCTC,
    HubertModel,
    Wav2Vec2Config,
    Wav2Vec2ConformerConfig,
    Wav2Vec2ConformerForCTC,
    Wav2Vec2ConformerModel,
    Wav2Vec2ForCTC,
    Wav2Vec2Model,
    WavLMConfig,
    WavLMForSequenceClassification,
    WavLMModel,
    WhisperConfig,
    WhisperForConditionalGeneration,
    WhisperModel,
)

from encoder_fixture import Fixture


def samples(lengths, masked=True):
    """Random sound, padded with zeros, with a mask over samples if ``masked``."""

    def make(config, generator):
        longest = max(lengths)
        mask = (torch.arange(longest) < torch.tensor(lengths)[:, None]).long()
        values = torch.randn((len(lengths), longest), generator=generator) * mask
        return {"input_values": values} | ({"attention_mask": mask} if masked else {})

    return make


def wave(name, lengths, cls=Wav2Vec2Model, config_cls=Wav2Vec2Config, masked=True, rename=None, alone=False, **overrides):
    settings = dict(
        vocab_size=12,
        hidden_size=16,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=20,
        conv_dim=[8, 8, 12],
        conv_kernel=[10, 3, 2],
        conv_stride=[5, 2, 2],
        num_feat_extract_layers=3,
        num_conv_pos_embeddings=8,
        num_conv_pos_embedding_groups=4,
        mask_time_prob=0.05,
    )
    config = config_cls(**(settings | overrides), attn_implementation="eager")
    return Fixture(name, cls, config, samples(lengths, masked), rename=rename, **({"alone": True} if alone else {}))


def old_weight_norm(tensors):
    """The names that PyTorch gave to weight normalization before version 2.1."""
    return {
        k.replace("parametrizations.weight.original0", "weight_g").replace(
            "parametrizations.weight.original1", "weight_v"
        ): v
        for k, v in tensors.items()
    }


def make_wav2vec2():
    stable = dict(do_stable_layer_norm=True, feat_extract_norm="layer", conv_bias=True)
    base = wave("wav2vec2", [400, 400, 400], masked=False)
    base.must_matter(feat_extract_activation="relu")
    base.must_matter(hidden_act="relu")
    base.must_matter(do_stable_layer_norm=True)
    wave("wav2vec2-other-activations", [250, 180], hidden_act="relu", feat_extract_activation="relu")
    # Lengths at the limits of a frame: 30 samples for the first, 20 more for each.
    wave("wav2vec2-padded", [400, 390, 389, 30])
    wave("wav2vec2-stable", [333, 271, 120], **stable)
    eps = wave("wav2vec2-stable-large-epsilon", [200, 100], layer_norm_eps=0.05, **stable)
    eps.must_matter(layer_norm_eps=1e-5)
    wave("wav2vec2-layer-post-norm", [200, 150], feat_extract_norm="layer", num_attention_heads=4,
         num_conv_pos_embeddings=19, num_conv_pos_embedding_groups=2)
    wave("wav2vec2-old-weight-norm", [200, 150], cls=Wav2Vec2ForCTC, rename=old_weight_norm)
    # Kernels of many strides and none beyond one stride; positions farther than there are frames.
    wave("wav2vec2-other-strides", [260, 201], conv_kernel=[7, 5, 3], conv_stride=[2, 1, 3],
         num_conv_pos_embeddings=128, num_conv_pos_embedding_groups=8)


def make_hubert():
    hubert = dict(cls=HubertModel, config_cls=HubertConfig)
    wave("hubert", [400, 287], **hubert)
    wave("hubert-other-settings", [250, 180], hidden_act="relu", feat_extract_activation="gelu_new", layer_norm_eps=0.05,
         **hubert)
    wave("hubert-no-projection-norm", [300], masked=False, feat_proj_layer_norm=False, **hubert)
    wave("hubert-stable-ctc", [300, 222], cls=HubertForCTC, config_cls=HubertConfig, do_stable_layer_norm=True,
         feat_extract_norm="layer", conv_bias=True, num_hidden_layers=4)


def make_wavlm():
    wavlm = dict(cls=WavLMModel, config_cls=WavLMConfig, num_buckets=16, max_bucket_distance=20)
    stable = dict(do_stable_layer_norm=True, feat_extract_norm="layer", conv_bias=True)
    base = wave("wavlm", [900, 900], masked=False, **wavlm)
    base.must_matter(max_bucket_distance=40)
    base.must_matter(hidden_act="relu")
    wave("wavlm-padded", [500, 390, 389, 30], num_hidden_layers=3, **wavlm)
    wave("wavlm-stable", [433, 271], **stable, **wavlm)
    eps = wave("wavlm-stable-other-settings", [300, 100], layer_norm_eps=0.05, num_attention_heads=4, hidden_act="relu",
               feat_extract_activation="gelu_new", num_conv_pos_embeddings=19, num_conv_pos_embedding_groups=2, **stable,
               **wavlm)
    eps.must_matter(layer_norm_eps=1e-5)
    wave("wavlm-usual-buckets", [700, 200], **(wavlm | dict(num_buckets=320, max_bucket_distance=800)))
    wave("wavlm-classification", [300, 222], **(wavlm | dict(cls=WavLMForSequenceClassification)),
         conv_stride=[2, 1, 3], conv_kernel=[7, 5, 3])


def make_conformer():
    conformer = dict(cls=Wav2Vec2ConformerModel, config_cls=Wav2Vec2ConformerConfig, conv_depthwise_kernel_size=7,
                     feat_extract_norm="layer", conv_bias=True, max_source_positions=40)
    base = wave("conformer", [700, 700], masked=False, **conformer)
    base.must_matter(hidden_act="relu")
    base.must_matter(position_embeddings_type=None)
    rotary = wave("conformer-rotary", [600, 600], masked=False, position_embeddings_type="rotary", **conformer)
    rotary.must_matter(rotary_embedding_base=100)
    wave("conformer-no-positions", [400, 400], masked=False, position_embeddings_type=None, **conformer)
    wave("conformer-padded", [500, 390, 389, 30], alone=True, **conformer)
    wave("conformer-rotary-padded", [333, 150], alone=True, position_embeddings_type="rotary", hidden_act="swish",
         rotary_embedding_base=50, **conformer)
    eps = wave("conformer-ctc", [250], masked=False, layer_norm_eps=0.05, hidden_act="relu", num_attention_heads=4,
               feat_extract_activation="gelu_new", **(conformer | dict(cls=Wav2Vec2ConformerForCTC)))
    eps.must_matter(layer_norm_eps=1e-5)
    # The usual kernel, of more taps than there are frames; the norm of the base shape.
    wave("conformer-wide-kernel", [260], masked=False,
         **(conformer | dict(conv_depthwise_kernel_size=31, feat_extract_norm="group", conv_bias=False,
                             conv_stride=[2, 1, 9], conv_kernel=[7, 5, 9])))


def whisper(name, cls=WhisperModel, **overrides):
    settings = dict(
        vocab_size=20,
        num_mel_bins=8,
        d_model=12,
        encoder_layers=2,
        encoder_attention_heads=3,
        encoder_ffn_dim=20,
        decoder_layers=1,
        decoder_attention_heads=2,
        decoder_ffn_dim=8,
        max_source_positions=15,
        max_target_positions=8,
        pad_token_id=0,
        bos_token_id=1,
        eos_token_id=2,
        decoder_start_token_id=3,
        suppress_tokens=None,
        begin_suppress_tokens=None,
    )
    config = WhisperConfig(**(settings | overrides), attn_implementation="eager")

    def features(config, generator):
        shape = (2, config.num_mel_bins, 2 * config.max_source_positions)
        return {"input_features": torch.randn(shape, generator=generator)}

    return Fixture(name, cls, config, features)


def make_whisper():
    base = whisper("whisper")
    base.must_matter(activation_function="relu")
    whisper("whisper-generation", WhisperForConditionalGeneration, encoder_layers=3, activation_function="relu")


def ast(name, cls=ASTModel, **overrides):
    settings = dict(
        hidden_size=12,
        num_hidden_layers=2,
        num_attention_heads=3,
        intermediate_size=20,
        patch_size=6,
        frequency_stride=4,
        time_stride=5,
        max_length=27,
        num_mel_bins=16,
    )
    config = ASTConfig(**(settings | overrides), attn_implementation="eager")

    def spectrogram(config, generator):
        shape = (2, config.max_length, config.num_mel_bins)
        return {"input_values": torch.randn(shape, generator=generator)}

    return Fixture(name, cls, config, spectrogram)


def make_ast():
    base = ast("ast")
    base.must_matter(hidden_act="relu")
    ast("ast-no-overlap", frequency_stride=6, time_stride=6, qkv_bias=False, num_attention_heads=1)
    ast("ast-strides-apart", patch_size=4, frequency_stride=2, time_stride=7, max_length=25, num_mel_bins=11)
    eps = ast("ast-classification", ASTForAudioClassification, layer_norm_eps=0.05, hidden_act="relu")
    eps.must_matter(layer_norm_eps=1e-12)


def make():
    make_wav2vec2()
    make_hubert()
    make_wavlm()
    make_conformer()
    make_whisper()
    make_ast()
