"""Fields that every Marketo instance has from the start, by their REST names.

From Adobe's developer documentation ("List of Standard Fields", "Describe Lead"). The live flag `isCustom` of a field
decides; this is what is known without asking. A standard field is read and written by these names, and never made.
"""

from __future__ import annotations

STANDARD_FIELDS = frozenset(
    {
        "acquiredAt", "acquisitionProgramId", "address", "annualRevenue", "anonymousIP", "billingCity",
        "billingCountry", "billingPostalCode", "billingState", "billingStreet", "blackListed", "city", "company",
        "companyNotes", "contactCompany", "cookies", "country", "createdAt", "dateOfBirth", "department", "doNotCall",
        "doNotCallReason", "ecids", "email", "emailInvalid", "emailInvalidCause", "emailSuspended", "emailSuspendedAt",
        "emailSuspendedCause", "externalCompanyId", "externalSalesPersonId", "fax", "firstName", "id", "industry",
        "inferredCity", "inferredCompany", "inferredCountry", "inferredMetropolitanArea", "inferredPhoneAreaCode",
        "inferredPostalCode", "inferredStateRegion", "isAnonymous", "isLead", "lastName", "leadPartitionId",
        "leadPerson", "leadRevenueCycleModelId", "leadRevenueStageId", "leadRole", "leadScore", "leadSource",
        "leadStatus", "mainPhone", "marketingSuspended", "marketingSuspendedCause", "middleName", "mktoAcquisitionDate",
        "mktoCompanyNotes", "mktoIsCustomer", "mktoIsPartner", "mktoName", "mktoPersonNotes", "mobilePhone",
        "numberOfEmployees", "originalReferrer", "originalSearchEngine", "originalSearchPhrase", "originalSourceInfo",
        "originalSourceType", "personLevelEngagementScore", "personPrimaryLeadInterest", "personTimeZone", "personType",
        "phone", "postalCode", "priority", "rating", "registrationSourceInfo", "registrationSourceType",
        "relativeScore", "relativeUrgency", "salutation", "sfdcAccountId", "sfdcContactId", "sfdcId", "sfdcLeadId",
        "sfdcLeadOwnerId", "sfdcType", "sicCode", "site", "state", "title", "unsubscribed", "unsubscribedReason",
        "updatedAt", "urgency", "website",
    }
)  # fmt: skip
