<#-- One library a line, by name of its file: its licence as its authors state it, and where to read of it. -->
Libraries in the folder lib that are not ours, each in its own jar, unchanged, with the licence that its authors
state. Of several licences in brackets one may be chosen where the library says so. See also NOTICE and
REDISTRIBUTION.txt.

<#list dependencyMap as e>
<#assign artifact = e.getKey()/>
<#assign licenses = e.getValue()/>
${artifact.groupId}:${artifact.artifactId}:${artifact.version}<#if artifact.classifier??>:${artifact.classifier}</#if>
    <#list licenses as license>(${license})<#sep> </#list>
    ${artifact.url!"no page is named"}
</#list>
