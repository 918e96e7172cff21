/**
 * What a compute engine offers: a {@link org.pmf4j.api.backend.Backend} holds tensors and
 * parameters, compiles a function over tensors into a {@link org.pmf4j.api.backend.Program} and
 * runs it. A training program may ask its {@link org.pmf4j.api.backend.Tape} for gradients and
 * assign parameters, so that optimizers are written over the tensor API as well. A backend knows
 * nothing of encoders, prompts or modalities. Who writes one writes an engine: {@link
 * org.pmf4j.api.backend.engine}.
 */
package org.pmf4j.api.backend;
