/**
 * The Open Inference Protocol, version 2, over REST: server and model metadata, health, inference
 * and the model repository. Each modality is a tensor of BYTES: texts as they are, pictures and
 * sounds in base64, or as they are where the binary extension is used.
 */
package org.pmf4j.serve.inference;
