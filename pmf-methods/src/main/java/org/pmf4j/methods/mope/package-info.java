/**
 * MoPE, mixture of prompt experts (Jiang, Liu, Chen, 2024): in every layer of a frozen main
 * encoder, prompts that are mixed from experts by what the other modalities know of the sample.
 */
package org.pmf4j.methods.mope;
